"""The tests of Customs Forum, one folder for each room of the house they look at."""
