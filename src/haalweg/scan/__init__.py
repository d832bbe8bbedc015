"""Which of many files carry a picture that a bank knows: sources through workers to rows."""
