"""How staff sign in: password, then a code from an authenticator app; and the desks to which that leads."""
