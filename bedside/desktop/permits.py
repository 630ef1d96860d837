"""Which act each form and page is for: whose role may not do it is told before filling it in.

The acts and who may do them stand in the ward's file of roles; here is only which form does what.
"""

DIALOG_ACTS = {
    "EnrolDialog": "enrol",
    "IdentityDialog": "enrol",
    "WeightDialog": "record",
    "LaboratoryDialog": "record",
    "LabCorrectDialog": "record",
    "ToxicityDialog": "record",
    "ToxicityChangeDialog": "record",
    "ToxicityCorrectDialog": "record",
    "ToxicityJudgeDialog": "record",
    "RiskDialog": "record",
    "GeneDialog": "record",
    "ResolvedDialog": "record",
    "OpenCourseDialog": "prescribe",
    "DelayDialog": "prescribe",
    "ReductionDialog": "prescribe",
    "EndReductionDialog": "prescribe",
    "MaintenanceDialog": "prescribe",
    "PrescribeDialog": "prescribe",
    "WithdrawDialog": "prescribe",
    "VerifyDialog": "verify",
    "ReleaseDialog": "release",
    "GivenDoseDialog": "give",
    "PaperInfusionDialog": "give",
    "DecideDialog": "decide-dlt",
    "NotEvaluableDialog": "decide-dlt",
    "DltRuleDialog": "dlt-rule",
    "CtcaeDialog": "commission",
    "SignedFileDialog": "commission",
    "SiteDialog": "site",
    "PersonDialog": "people",
    "RolesDialog": "people",
    "ResetDialog": "people",
    "KeyActDialog": "keys",
}
# forms that are read, too: they open, say why above their buttons, and record nothing
READ_TOO = {
    "CtcaeDialog",
    "DelayDialog",
    "DltRuleDialog",
    "LaboratoryDialog",
    "MaintenanceDialog",
    "RiskDialog",
}
PAGE_ACTS = {"Counts": "record", "Toxicities": "record", "Fever": "record"}
