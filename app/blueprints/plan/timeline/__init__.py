"""Tasks with their days counted back from the event, who does them, what is late, and the calendar of a person."""
