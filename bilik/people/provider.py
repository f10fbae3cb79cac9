"""Where allauth looks for kinds of providers in every installed app; the name of this file is allauth's."""

from bilik.people.oidc import OpenIDConnect

provider_classes = [OpenIDConnect]
