"""What stands on the kitchen's sheet of a meal and on a leader's sheet of a group, in the language of the paper."""

from app import clock
from app.blueprints.travel.groups.actions import Grouping
from app.blueprints.travel.meals.situation import Meals
from app.blueprints.travel.sheets.lines import HEAD
from app.errors import N_
from app.models import Event, GuestGroup, MealSitting
from app.phones import display
from app.texts import gettext

MEAL_FACTS = (N_("Sitting"), N_("Begins"), N_("Where"), N_("Guests"), N_("Our own"), N_("Covers"), N_("Note"))
MEAL_HEADINGS = (N_("Eats otherwise"), N_("Name"), N_("Company"), N_("Table number"))
GROUP_FACTS = (N_("Guest group"), N_("Leader"), N_("Our host"), N_("People"), N_("Note"))
GROUP_HEADINGS = (N_("Name"), N_("People"), N_("Company"), N_("Mobile"))
_DIET = N_("%(number)s × %(diet)s")


def of_meal(now: Meals, sitting: MealSitting, language: str) -> dict[str, list[str]]:
    """Return covers, then whoever eats otherwise with the table to bring it to, one line a guest, diet by diet."""
    count = now.covers(sitting)
    begins = clock.local(sitting.starts_at, now.event.time_zone)
    numbers = [str(each) for each in (count.guests, count.extra, count.total)]
    found = {HEAD: [sitting.name, f"{begins:%m-%d %H:%M}", sitting.place or now.event.venue, *numbers, sitting.note]}
    many = {diet.casefold(): gettext(language, _DIET, number=number, diet=diet) for diet, number in count.diets}
    place = {diet: order for order, diet in enumerate(many)}
    eating = [(" ".join(each.diet.split()).casefold(), each) for each in now.eaters(sitting)]
    for diet, guest in sorted((pair for pair in eating if pair[0]), key=lambda pair: place[pair[0]]):
        table = now.tables.get(guest.id, "") if sitting.at_tables else ""
        found[f"g{guest.id}"] = [many[diet], guest.name, guest.company, table]
    return found


def of_group(now: Grouping, group: GuestGroup) -> dict[str, list[str]]:
    """Return the group itself and one line a guest who comes."""
    members = now.members(group)
    leader = next((each for each in members if each.id == group.leader_id), None)
    host = group.host
    found = {
        HEAD: [
            group.name,
            " ".join(part for part in (leader.name, _phone(leader.mobile)) if part) if leader else "",
            " ".join(part for part in (host.name, _phone(host.mobile)) if part) if host else "",
            str(now.people(group)),
            group.note,
        ]
    }
    for each in members:
        found[f"g{each.id}"] = [each.name, str(each.people), each.company, _phone(each.mobile)]
    return found


def meals_of(now: Meals, event: Event, language: str) -> dict[int, dict[str, list[str]]]:
    """Return the lines of every meal of an event, by meal."""
    return {each.id: of_meal(now, each, language) for each in now.sittings if each.event_id == event.id}


def groups_of(now: Grouping) -> dict[int, dict[str, list[str]]]:
    """Return the lines of every group of an event, by group."""
    return {each.id: of_group(now, each) for each in now.groups}


def _phone(mobile: str | None) -> str:
    return display(mobile) if mobile else ""
