"""The whole public record as files: tables, their dictionary, their descriptor."""
