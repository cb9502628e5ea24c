"""Child processes: where foreign code that may hang, crash or print lives, so that a session outlives it.

`frames` is what passes through the pipes, `child` the program's end of them, `supervisor` starts a child and
replaces it, `inside` is the child's own end. How to add one:

1. Write a module with a function that makes a `ParentProcess`, calls `is_ready()` once it can serve, and then
   answers what `receive` returns, for ever: the process ends by itself when the program does.
2. In the program, give a `Supervisor` the command `child_command("package.module:function", *words)`, and
   do all that is asked of the child inside `use`.
"""
