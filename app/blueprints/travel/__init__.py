"""Travel: who arrives when and is met by whom, who sleeps where, who eats what, and in which group they are.

What guests say themselves stands in their replies (room `rsvp`) and is read from there whenever it is needed: arrival,
train or flight, pick-up, nights, diet, companions. This room keeps only what our people add: stations, the way back,
cars, runs, rooms, sittings, groups. Tables at meals are those of the room `seating`, a night's cost is in the budget.

A sheet that is handed out (to a driver, the hotel, the kitchen, the leaders) is remembered line by line, so that the
next one marks what has changed since. Nothing follows a changed reply by itself: it is shown, and a person decides.
"""

from flask import Blueprint

blueprint = Blueprint("travel", __name__)
