"""The front end line by line: for pipes, screen readers and simple terminals."""
