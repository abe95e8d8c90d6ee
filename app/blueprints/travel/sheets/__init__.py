"""What is handed out about travel and rooms, remembered line by line so that changes can be marked."""
