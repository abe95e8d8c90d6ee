"""What the fields are called and what each reason says. English message ids; whoever shows them translates."""

from app.blueprints.invitations.importing.vocabulary import Field
from app.errors import N_

FIELDS: dict[Field, str] = {
    Field.COMPANY: N_("Company"),
    Field.CONTACT: N_("Contact"),
    Field.CONTACT_TITLE: N_("Job title"),
    Field.MOBILE: N_("Mobile"),
    Field.MAIL: N_("Mail address"),
    Field.PROVINCE: N_("Province"),
    Field.CITY: N_("City"),
    Field.ADDRESS: N_("Address"),
    Field.POSTCODE: N_("Postcode"),
    Field.SOURCE: N_("Source"),
    Field.KIND: N_("Guest type"),
    Field.READINESS: N_("Readiness"),
    Field.IS_LEAD_SIGNER: N_("Lead signer"),
    Field.REP: N_("Sales rep"),
    Field.COMPANIONS: N_("Companions allowed"),
    Field.EXPECTED_AMOUNT: N_("Expected amount"),
    Field.TABLE: N_("Table number"),
    Field.NOTES: N_("Notes"),
    Field.HOST_NOTES: N_("Notes for the host"),
}

# `%(detail)s` is the line, number or name that the reason carries.
REASONS: dict[str, str] = {
    "company_missing": N_("The company is missing."),
    "mobile_invalid": N_("This is not a mobile number."),
    "mobile_is_landline": N_("This is a landline. Give a mobile number, or put it into the notes."),
    "mail_invalid": N_("This is not a mail address."),
    "kind_unknown": N_("This type of guest is not known. The template lists the words that are."),
    "readiness_unknown": N_("This readiness is not known. The template lists the words that are."),
    "yes_no_unknown": N_("Write yes or no."),
    "rep_unknown": N_("Nobody of this name has an account."),
    "rep_ambiguous": N_("Several people have this name. Write the login instead."),
    "companions_invalid": N_("This is not a number of people."),
    "companions_too_many": N_("More than 20 companions cannot be allowed."),
    "amount_invalid": N_("This is not an amount of money."),
    "too_long": N_("The text is too long."),
    "duplicate_mobile": N_("Line %(detail)s already has this mobile number."),
    "duplicate_company": N_("Line %(detail)s already has this guest."),
    "mobile_of_other_company": N_("The mobile number is on file for another company: %(detail)s."),
    "mobile_several": N_("The cell holds several mobile numbers; %(detail)s is used."),
    "mail_several": N_("The cell holds several mail addresses; %(detail)s is used."),
    "contact_missing": N_("Nobody is named as contact."),
    "unreachable": N_("There is neither a mobile number nor a mail address."),
}
