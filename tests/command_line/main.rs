//! The tests of the command line: the program as a person runs it.
