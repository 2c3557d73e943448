"""The command line: what each command does, how it reads experiments, how it reports training."""
