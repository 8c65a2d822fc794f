"""How many hosts a number of learners needs, and what an hour of talk costs: simulated.

`plan` has what is given (talks, stage times, hosts, prices; TOML), `pools` the servers that
do stages, `talks` the learners, `sizing` finds the hosts, `check` holds the model against a
load that was measured here.
"""
