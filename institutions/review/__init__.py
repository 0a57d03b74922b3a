"""The desk's way from a notice to the register: give the file, review the lines, publish, correct, withdraw."""
