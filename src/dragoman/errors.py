"""The one kind of error that is meant for whoever runs Dragoman."""


class OperatorError(Exception):
    """Something the person at the terminal can mend.

    Its text is one plain sentence: what is wrong and what to do. The command line prints it without
    a traceback and ends with exit code 1.
    """
