"""Contracts that end: told of some weeks before, ended when their last day is over."""
