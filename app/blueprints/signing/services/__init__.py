"""The door to a licensed signing service: hand a document over, send the signatory there, take the signed one back."""
