"""The engines of the tutor, and the stages that use them.

Everything but ``conf``, ``tasks`` and ``management`` is plain Python: it runs the same in the
web process and on a worker.
"""

import os

# Read when numpy loads its BLAS. The scorer's matrices are small: more threads only spin
# beside recognition and the language model (0.21 CPU s for 4 s of speech in place of 0.13).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
