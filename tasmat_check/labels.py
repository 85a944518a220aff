"""The labels of entities, as the field names them (Presidio's, and ours for schools); see DESIGN.md."""

PICTURE_LABELS = frozenset({"FACE", "LOGO", "QR_CODE", "BARCODE", "GPS"})

TEXT_LABELS = frozenset(
    {
        "PERSON",
        "PHONE_NUMBER",
        "EMAIL_ADDRESS",
        "URL",
        "HANDLE",
        "IP_ADDRESS",
        "STREET_ADDRESS",
        "UK_POSTCODE",
        "UK_NHS",
        "UK_NINO",
        "UK_UPN",
        "UK_PASSPORT",
        "UK_DRIVING_LICENCE",
        "UK_VEHICLE_REGISTRATION",
        "CREDIT_CARD",
        "IBAN_CODE",
        "UK_BANK_ACCOUNT",
        "DATE_OF_BIRTH",
        "PASSWORD",
        "SCHOOL",
        "ORGANIZATION",
        "LOCATION",
        "CLASS_CODE",
    }
)
