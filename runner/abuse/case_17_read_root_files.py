# case: 17
# title: Files of root and its group
# holds: finished
# quick: yes
# by: pen, Landlock, a user of its own
for path in ("/etc/shadow", "/etc/passwd", "/root/.bashrc", "/etc/ssl/private", "/var/log/syslog", "/boot"):
    attempt(path, lambda path=path: open(path))
