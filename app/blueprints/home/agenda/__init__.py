"""What is to be done today and in the days after, for whoever is signed in: lines with a day, from all rooms."""
