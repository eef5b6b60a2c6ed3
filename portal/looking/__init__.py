"""Looking into what somebody brought, in a process apart: what it is by its content, and a clean copy of a picture."""
