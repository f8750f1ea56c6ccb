"""Files made to do harm, and good ones that look like them, each with the verdict it must get."""
