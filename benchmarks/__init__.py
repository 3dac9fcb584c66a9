"""Measurements of speed and of known answers against their bars."""

from egov_model.environment import keep_compiled

keep_compiled()  # what is measured is the code as it stands, not what numba kept of an older one; must come before numba is imported
