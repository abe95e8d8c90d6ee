"""The staff plan on paper: rosters by role and by hour, the sheet to sign in, the phone list, and pocket cards."""
