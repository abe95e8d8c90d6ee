"""Accounts: who may sign in, as what, and from where they are signed in.

Signing in makes a row (`LoginSession`) whose token only the browser knows, so a session can be seen and ended from
elsewhere: by its owner, by a changed password, by turning the account off. A wrong password costs as long as one for
an account that does not exist, counts against the address and the name, and leaves a line in the journal. Passwords
are set by links that work once; the first administrator is made on `/setup` while there is nobody.

`views` are the doors (sign in, sign out, first administrator, language, theme); `password_views` the links that set
a password; `account_views` what people do to their own account and views; `user_views` what administrators do.
"""

from flask import Blueprint

blueprint = Blueprint("auth", __name__)
