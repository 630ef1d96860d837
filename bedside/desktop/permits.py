"""Which act each form and page is for: whose role may not do it is told before filling it in.

The acts and who may do them stand in the ward's file of roles; here is only which form does what.
"""

DIALOG_ACTS = {
    "EnrolDialog": "enrol",
    "IdentityDialog": "enrol",
    "WeightDialog": "weigh",
    "LaboratoryDialog": "record",
    "LabCorrectDialog": "record",
    "ToxicityDialog": "record",
    "ToxicityChangeDialog": "record",
    "ToxicityCorrectDialog": "record",
    "ToxicityJudgeDialog": "record",
    "RiskDialog": "record",
    "GeneDialog": "record",
    "ResolvedDialog": "answer-start",
    "StartAnswersDialog": "answer-start",
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
    "TakeBackDialog": "decide-dlt",
    "DltRuleDialog": "dlt-rule",
    "CtcaeDialog": "commission",
    "SignedFileDialog": "commission",
    "HandoverDialog": "handover",
    "SiteDialog": "site",
    "PersonDialog": "people",
    "RolesDialog": "people",
    "ResetDialog": "people",
    "KeyActDialog": "keys",
    "RestoredDialog": "settle-restored",
}
# forms that are read, too: they open, say why above their buttons, and record nothing
READ_TOO = {
    "CtcaeDialog",
    "DelayDialog",
    "DltRuleDialog",
    "LaboratoryDialog",
    "MaintenanceDialog",
    "RestoredDialog",
    "RiskDialog",
}
# acts that a ward which can only be read still allows: nothing of an infant is recorded by them
TO_READ = ("read-record", "print", "restore", "second-restore")
PAGE_ACTS = {"Counts": "record", "Toxicities": "record", "Fever": "record"}
# buttons that open a form or record at once, by part and name, and the doors of the navigation: the
# palette says beforehand what a role may not do (the form itself says it, too)
BUTTON_ACTS = {
    "Summary.enrol_button": "enrol",
    "WherePage.open_button": "prescribe",
    "WherePage.weight_button": "record",
    "CountsPage.record_button": "record",
    "CountsPage.limits_button": "record",
    "ToxicitiesPage.round_button": "record",
    "ToxicityButtons.new": "record",
    "ToxicityButtons.grade": "record",
    "ToxicityButtons.gone": "record",
    "ToxicityButtons.judge": "record",
    "ToxicityButtons.correct": "record",
    "ToxicityButtons.void": "record",
    "ResolvedAnswer.no": "answer-start",
    "ResolvedAnswer.yes": "answer-start",
    "DltPage.decide_button": "decide-dlt",
    "DltPage.back_button": "decide-dlt",
    "DltPage.off_button": "decide-dlt",
    "FeverPage.void_button": "record",
    "VitalForm.record_button": "record",
    "VialPanel.start_button": "give",
    "VialPanel.infuse_button": "give",
    "VialPanel.discard_button": "give",
    "BackupPage.restore_button": "restore",
    "HandoverPage.take_button": "handover",
    "HandoverPage.back_button": "handover",
    "HandoverPage.sign_button": "handover",
}
DOOR_ACTS = {"site": "site", "record": "read-record"}
