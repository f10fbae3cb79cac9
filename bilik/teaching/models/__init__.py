"""What the trainers' desk stores: regrades, calls to learners, which comment belongs to which cluster."""

from bilik.teaching.models.call import Call
from bilik.teaching.models.cluster import ClusterComment
from bilik.teaching.models.regrade import Regrade, RegradeRow

__all__ = ["Call", "ClusterComment", "Regrade", "RegradeRow"]
