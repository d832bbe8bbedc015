"""What an operator does to a helpline as a whole: check it, back it up, put it back. It reads both doors."""
