"""Who has to say yes: asking, answering, the number on the last yes, and the document that is frozen then."""
