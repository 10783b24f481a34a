"""The dialect in which programs read the portal: OpenAlex's lists, filters and cursors, for any resource."""
