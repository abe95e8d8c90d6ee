"""The rooms, lowest first. A room may call actions and queries of a lower one, never of a higher one.

Importing a room's views hangs them on its blueprint, so all of them are named here.
"""

from flask import Blueprint

from app.blueprints import (
    auth,
    budget,
    checkin,
    contracts,
    dealers,
    events,
    home,
    invitations,
    materials,
    messages,
    plan,
    programme,
    receivables,
    report,
    rsvp,
    seating,
    signing,
    staff,
    territories,
    travel,
)
from app.blueprints.auth import account_views, password_views, user_views
from app.blueprints.auth import views as auth_views
from app.blueprints.budget import closing as budget_closing
from app.blueprints.budget import export as budget_export
from app.blueprints.budget import views as budget_views
from app.blueprints.budget.advances import views as advance_views
from app.blueprints.budget.claims import views as claim_views
from app.blueprints.budget.course import views as course_views
from app.blueprints.budget.expenses import act_views as expense_act_views
from app.blueprints.budget.expenses import views as expense_views
from app.blueprints.budget.limits import views as spending_limit_views
from app.blueprints.budget.plan import views as budget_plan_views
from app.blueprints.checkin.api import views as api_views
from app.blueprints.checkin.arrivals import views as arrival_views
from app.blueprints.checkin.badges import crew_views as staff_badge_views
from app.blueprints.checkin.badges import public as badge_page
from app.blueprints.checkin.badges import views as badge_views
from app.blueprints.checkin.desk import views as desk_views
from app.blueprints.contracts import views as contract_views
from app.blueprints.contracts.approval import views as approval_views
from app.blueprints.contracts.bulk import views as contract_bulk_views
from app.blueprints.contracts.drafting import views as drafting_views
from app.blueprints.contracts.gate import views as gate_views
from app.blueprints.contracts.order import views as signing_order_views
from app.blueprints.contracts.register import views as register_views
from app.blueprints.contracts.register.amending import views as amending_views
from app.blueprints.contracts.register.keeping import views as keeping_views
from app.blueprints.contracts.register.lookup import views as lookup_views
from app.blueprints.contracts.register.printing import views as register_print_views
from app.blueprints.contracts.register.targets import views as target_views
from app.blueprints.contracts.talks import views as talk_views
from app.blueprints.contracts.templates import clause_views as template_clause_views
from app.blueprints.contracts.templates import preview_views as template_preview_views
from app.blueprints.contracts.templates import views as template_views
from app.blueprints.dealers import views as dealers_views
from app.blueprints.dealers.papers import views as paper_check_views
from app.blueprints.events import closing_views, milestone_views, overview
from app.blueprints.events import views as events_views
from app.blueprints.home import job_views, journal_views
from app.blueprints.home import views as home_views
from app.blueprints.invitations import views as invitations_views
from app.blueprints.invitations.importing import views as import_views
from app.blueprints.materials import my_views as my_material_views
from app.blueprints.materials import views as materials_views
from app.blueprints.materials.afterwards import views as afterwards_views
from app.blueprints.materials.boxes import print_views as box_print_views
from app.blueprints.materials.boxes import views as box_views
from app.blueprints.materials.log import views as material_log_views
from app.blueprints.materials.orders import views as order_views
from app.blueprints.materials.phone import views as phone_views
from app.blueprints.materials.printing import views as print_views
from app.blueprints.materials.proofs import views as proof_views
from app.blueprints.materials.stock import views as stock_views
from app.blueprints.materials.zones import my_views as my_zone_views
from app.blueprints.materials.zones import print_views as zone_print_views
from app.blueprints.materials.zones import site_views as zone_site_views
from app.blueprints.materials.zones import views as zone_views
from app.blueprints.messages.outbox import views as outbox_views
from app.blueprints.messages.unsubscribe import views as unsubscribe_views
from app.blueprints.messages.wordings import views as wording_views
from app.blueprints.plan import section_views as plan_section_views
from app.blueprints.plan import views as plan_views
from app.blueprints.plan.approval import views as plan_approval_views
from app.blueprints.plan.compare import views as plan_compare_views
from app.blueprints.plan.facts import of_event as plan_facts_of_event
from app.blueprints.plan.facts import of_rooms as plan_facts_of_rooms
from app.blueprints.plan.printing import views as plan_print_views
from app.blueprints.plan.timeline import alarm_rows as plan_alarms
from app.blueprints.plan.timeline import my_views as plan_my_views
from app.blueprints.plan.timeline import views as plan_timeline_views
from app.blueprints.programme import alarm_rows as programme_alarms
from app.blueprints.programme import plan_facts as programme_facts
from app.blueprints.programme import removed_views as programme_removed_views
from app.blueprints.programme import taking_along as programme_following
from app.blueprints.programme.agenda import more_views as session_views
from app.blueprints.programme.agenda import views as agenda_views
from app.blueprints.programme.day import views as run_sheet_views
from app.blueprints.programme.front import telling_views as front_telling_views
from app.blueprints.programme.front import views as front_views
from app.blueprints.programme.open import views as open_programme_views
from app.blueprints.programme.printing import views as programme_print_views
from app.blueprints.programme.publicity import promised as programme_promises
from app.blueprints.programme.publicity import views as publicity_plan_views
from app.blueprints.receivables import views as receivable_views
from app.blueprints.receivables.adjusting import approval_views as adjustment_views
from app.blueprints.receivables.adjusting import views as adjusting_views
from app.blueprints.receivables.bank import act_views as bank_act_views
from app.blueprints.receivables.bank import column_views as bank_column_views
from app.blueprints.receivables.bank import row_views as bank_row_views
from app.blueprints.receivables.bank import views as bank_views
from app.blueprints.receivables.board import alarms as payment_alarms
from app.blueprints.receivables.board import views as payment_board_views
from app.blueprints.receivables.followup import statement_views as account_views_of_dealers
from app.blueprints.receivables.followup import views as dunning_views
from app.blueprints.receivables.forecast import views as payment_forecast_views
from app.blueprints.receivables.problems import bands as credit_bands
from app.blueprints.receivables.problems import views as problem_views
from app.blueprints.receivables.receipts import views as receipt_views
from app.blueprints.receivables.reminders import views as payment_reminder_views
from app.blueprints.receivables.results import views as target_payment_views
from app.blueprints.report import export_views as report_files
from app.blueprints.report import row_views as report_rows
from app.blueprints.report import views as report_views
from app.blueprints.report.photos import views as report_photo_views
from app.blueprints.report.publicity import views as publicity_views
from app.blueprints.report.steps import views as next_step_views
from app.blueprints.rsvp.calls import views as calls_views
from app.blueprints.rsvp.replies import views as replies_views
from app.blueprints.rsvp.reply import views as reply_views
from app.blueprints.rsvp.rounds import views as rounds_views
from app.blueprints.seating import alarm_rows as seat_alarm_rows
from app.blueprints.seating import people_views as seat_people_views
from app.blueprints.seating import print_views as seat_print_views
from app.blueprints.seating import views as seat_views
from app.blueprints.seating.hall import views as hall_views
from app.blueprints.signing.certificate import public_views as certificate_public_views
from app.blueprints.signing.certificate import views as certificate_views
from app.blueprints.signing.countersign import views as countersign_views
from app.blueprints.signing.paper import views as paper_views
from app.blueprints.signing.services import views as service_views
from app.blueprints.signing.sessions import host_views as signing_host_views
from app.blueprints.signing.sessions import views as signing_views
from app.blueprints.signing.wall import views as wall_views
from app.blueprints.staff.board import duty_views as staff_duty_views
from app.blueprints.staff.board import views as staff_board_views
from app.blueprints.staff.closeout import my_views as staff_my_closeout
from app.blueprints.staff.closeout import views as staff_closeout_views
from app.blueprints.staff.day import alarm_rows as staff_day_alarms
from app.blueprints.staff.day import board_views as staff_day_board_views
from app.blueprints.staff.day import views as staff_day_views
from app.blueprints.staff.earlier import views as staff_earlier_views
from app.blueprints.staff.incidents import own_views as staff_own_incident_views
from app.blueprints.staff.incidents import views as staff_incident_views
from app.blueprints.staff.notes import views as staff_note_views
from app.blueprints.staff.notice import views as staff_notice_views
from app.blueprints.staff.people import views as staff_people_views
from app.blueprints.staff.printing import views as staff_print_views
from app.blueprints.staff.setup import views as staff_setup_views
from app.blueprints.territories.board import alarms as territory_alarms
from app.blueprints.territories.board import cell_views as territory_cell_views
from app.blueprints.territories.board import offer_views as territory_offer_views
from app.blueprints.territories.board import views as territory_board_views
from app.blueprints.territories.lines import views as territory_line_views
from app.blueprints.territories.packages import views as package_views
from app.blueprints.territories.regions import views as region_views
from app.blueprints.travel import alarm_rows as travel_alarms
from app.blueprints.travel import taking_along as travel_following
from app.blueprints.travel.groups import views as travel_group_views
from app.blueprints.travel.meals import views as travel_meal_views
from app.blueprints.travel.rooms import block_views as travel_block_views
from app.blueprints.travel.rooms import views as travel_room_views
from app.blueprints.travel.runs import guest_page as travel_guest_page
from app.blueprints.travel.runs import my_views as travel_my_views
from app.blueprints.travel.runs import vehicle_views as travel_vehicle_views
from app.blueprints.travel.runs import views as travel_views
from app.blueprints.travel.sheets import views as travel_sheet_views

VIEWS = (
    *(auth_views, account_views, password_views, user_views),
    *(dealers_views, paper_check_views),
    *(events_views, overview, milestone_views, closing_views),
    *(outbox_views, wording_views, unsubscribe_views),
    *(staff_board_views, staff_duty_views, staff_earlier_views, staff_people_views, staff_setup_views),
    *(staff_notice_views, staff_day_views, staff_print_views),
    *(staff_day_board_views, staff_day_alarms, staff_incident_views, staff_own_incident_views, staff_note_views),
    *(staff_closeout_views, staff_my_closeout),
    *(invitations_views, import_views),
    *(reply_views, replies_views, rounds_views, calls_views),
    *(materials_views, order_views, proof_views, material_log_views, stock_views, print_views),
    *(phone_views, box_views, box_print_views, my_material_views),
    *(zone_views, zone_site_views, zone_print_views, my_zone_views, afterwards_views),
    *(badge_views, staff_badge_views, badge_page, desk_views, arrival_views, api_views),
    *(signing_views, signing_host_views, paper_views, wall_views),
    *(countersign_views, certificate_views, certificate_public_views, service_views),
    *(contract_views, drafting_views, approval_views, gate_views, contract_bulk_views),
    *(signing_order_views, talk_views),
    *(register_views, lookup_views, amending_views, keeping_views, target_views),
    register_print_views,
    *(template_views, template_clause_views, template_preview_views),
    *(region_views, territory_line_views, territory_board_views, territory_cell_views, territory_offer_views),
    *(package_views, territory_alarms),
    *(payment_board_views, target_payment_views),
    *(bank_views, bank_act_views, bank_column_views, bank_row_views),
    *(payment_alarms, payment_forecast_views, problem_views, credit_bands),
    adjusting_views,
    adjustment_views,
    *(seat_views, seat_people_views, hall_views, seat_print_views, seat_alarm_rows),
    *(travel_views, travel_vehicle_views, travel_room_views, travel_block_views, travel_sheet_views),
    *(travel_meal_views, travel_group_views, travel_alarms, travel_following, travel_guest_page, travel_my_views),
    *(receivable_views, receipt_views, dunning_views, payment_reminder_views, account_views_of_dealers),
    *(budget_views, budget_plan_views, expense_views, expense_act_views, budget_closing, budget_export),
    *(plan_views, plan_section_views, plan_approval_views, plan_compare_views, plan_print_views),
    *(plan_facts_of_event, plan_facts_of_rooms, plan_alarms, plan_my_views, plan_timeline_views),
    *(agenda_views, session_views, run_sheet_views, publicity_plan_views, open_programme_views),
    *(front_views, front_telling_views),
    programme_removed_views,
    *(programme_print_views, programme_alarms, programme_facts, programme_following, programme_promises),
    *(advance_views, spending_limit_views, claim_views, course_views),
    *(report_views, report_rows, next_step_views, report_files, report_photo_views, publicity_views),
    *(home_views, job_views, journal_views),
)
ROOMS: tuple[Blueprint, ...] = (
    auth.blueprint,
    dealers.blueprint,
    events.blueprint,
    messages.blueprint,
    staff.blueprint,
    invitations.blueprint,
    rsvp.blueprint,
    materials.blueprint,
    checkin.blueprint,
    territories.blueprint,
    contracts.blueprint,
    signing.blueprint,
    seating.blueprint,
    travel.blueprint,
    receivables.blueprint,
    budget.blueprint,
    plan.blueprint,
    programme.blueprint,
    report.blueprint,
    home.blueprint,
)
