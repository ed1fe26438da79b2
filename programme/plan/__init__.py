"""The plan "Doorontwikkeling Dienstverlening" as rows: what it says itself, and (for the demo only) an example of how it goes."""
