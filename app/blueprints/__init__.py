"""The rooms, lowest first. A room may call actions and queries of a lower one, never of a higher one."""

from flask import Blueprint

ROOMS: tuple[Blueprint, ...] = ()
