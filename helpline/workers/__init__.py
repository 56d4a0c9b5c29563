"""Many processes of one helpline on one machine: started one after the other, and again when one dies.

Each is a program of its own. None is forked from another: what a patched standard library holds does not survive that.
"""
