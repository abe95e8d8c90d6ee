"""Files of banks as lines of an account: workbooks, CSV, OFX, CAMT.053. Bytes in, values out; no session."""
