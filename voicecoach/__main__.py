"""`python -m voicecoach` is the same as `voicecoach`."""

from voicecoach.cli import main

if __name__ == "__main__":
    main()
