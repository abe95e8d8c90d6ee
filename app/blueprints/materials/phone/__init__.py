"""The phone in the hall: scan or search, then tick, count, move, photograph, report damage.

The page works without network. What somebody does is an act with an id made on the phone; it waits in the browser's own
database until the server has said accepted, duplicate or refused. `reading` turns what a phone sends into acts,
`actions` writes them, `answers` tells a phone what it needs to know, `static/js/phone_*.js` are the other side.
"""
