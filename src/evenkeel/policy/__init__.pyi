from .acts import add_policy as add_policy
from .acts import publish_version as publish_version
from .models import Policy as Policy
from .models import PolicyVersion as PolicyVersion
from .queries import version_html as version_html
from .queries import version_in_force as version_in_force
from .queries import versions_in_force as versions_in_force
from .scopes import POLICY_VIEW as POLICY_VIEW
