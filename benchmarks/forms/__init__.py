"""Word forms as councils and other public bodies make them, each with its questions and filled-in answers as data."""
