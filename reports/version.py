"""The version of Fairsheet: it stands in every manifest."""

VERSION = "0.1.0"
