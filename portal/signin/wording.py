"""What the sign-in says, in our words, by the names that the extension has for its messages."""

from portal.words import mark

WORDS = {
    "GENERIC_AUTHN_FAILED": (
        mark(
            "The e-mail address and the password do not fit together. After several tries the sign-in rests for up to "
            "15 minutes. You can also choose a new password."
        ),
        "error",
    ),
    "EMAIL_NOT_PROVIDED": (mark("Write your e-mail address."), "error"),
    "INVALID_EMAIL_ADDRESS": (mark("Write an e-mail address like name@example.org."), "error"),
    "PASSWORD_NOT_PROVIDED": (mark("Write your password."), "error"),
    "INVALID_PASSWORD": (
        mark("This password does not fit. After several tries the sign-in rests for up to 15 minutes."),
        "error",
    ),
    "RETYPE_PASSWORD_MISMATCH": (mark("The two passwords are not the same. Please write them again."), "error"),
    "PASSWORD_INVALID_LENGTH": (mark("Choose a password of at least %(length)s characters."), "error"),
    "TWO_FACTOR_INVALID_TOKEN": (
        mark(
            "This code does not fit. Each code works once and for half a minute: wait for the next one. After several "
            "tries the sign-in rests for up to 15 minutes."
        ),
        "error",
    ),
    "INVALID_RECOVERY_CODE": (
        mark("This recovery code does not fit. Each one works once. After several tries the sign-in rests a while."),
        "error",
    ),
    "PASSWORD_RESET_REQUEST": (
        mark("If this address belongs to a member of staff, a message with a link is on its way to it."),
        "info",
    ),
    "PASSWORD_RESET_EXPIRED": (mark("That link was older than a day. Here you can have a new one sent."), "info"),
    "INVALID_RESET_PASSWORD_TOKEN": (
        mark("That link has been used, or a newer one has taken its place. Here you can have a new one sent."),
        "info",
    ),
    "PASSWORD_RESET_NO_LOGIN": (mark("Your new password is kept. Now sign in with it."), "info"),
    "TWO_FACTOR_PERMISSION_DENIED": (mark("Please start again with your password."), "info"),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (mark("You are signed in."), "info"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (mark("Codes now come from the new authenticator app."), "info"),
    "TWO_FACTOR_SETUP_EXPIRED": (mark("That took more than half an hour. Please start again."), "info"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (mark("Please start again."), "error"),
    "REAUTHENTICATION_SUCCESSFUL": (mark("Thank you. You can go on."), "info"),
    "INVALID_REDIRECT": (mark("Please sign in here and then go to the page that you need."), "info"),
    "API_ERROR": (mark("Please write it again."), "error"),
}
