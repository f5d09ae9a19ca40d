"""Who may reach which route: written by hand, so that it says what is meant and not what the code happens to do."""

ANYBODY = "anybody"  # also without signing in: nothing personal is shown
EVERYBODY_INSIDE = "everybody inside"  # every signed-in person; what the page shows depends on the role
READERS = "readers"
HANDLERS = "handlers"
DECIDERS = "deciders"
PARTNERS = "partners"  # programs with a key of their own; nobody by a session
KEEPERS = "keepers"
SETTINGS_READERS = "readers of the settings"
ADMINS = "admins"

AUDIENCES: dict[str, set[str]] = {
    READERS: {"lukija", "kasittelija", "vastuuhenkilo"},
    HANDLERS: {"kasittelija", "vastuuhenkilo"},
    DECIDERS: {"vastuuhenkilo"},
    KEEPERS: {"vastuuhenkilo", "paakayttaja"},
    SETTINGS_READERS: {"lukija", "kasittelija", "vastuuhenkilo", "paakayttaja"},
    ADMINS: {"paakayttaja"},
}
WITHOUT_PERSONAL_DATA = {ADMINS, KEEPERS, SETTINGS_READERS}

_LINES = {
    ANYBODY: """
        GET home.health
        GET staff.sign_in            POST staff.sign_in
        GET staff.first_user         POST staff.first_user
        GET staff.first_commitment
        GET notice.show              GET notice.pdf
        GET notice.versions          GET notice.version
        GET notice.version_pdf       GET notice.comparison
        GET interfaces.describe      GET interfaces.read_description
    """,
    EVERYBODY_INSIDE: """
        GET home.index               GET home.manual
        GET home.manual_page
        GET home.styleguide          POST home.styleguide
        GET staff.permissions        GET staff.own
        GET staff.change_password    POST staff.change_password
        GET staff.own_commitment
        POST staff.end_other_sessions
        POST staff.sign_out
        GET documents.scan           GET documents.scan_preview
    """,
    READERS: """
        GET customers.index          POST customers.index
        GET statistics.index         GET statistics.csv
        GET statistics.xlsx
        GET customers.show           GET customers.list_sources
        GET customers.list_notes
        GET disclosures.index
        GET disclosures.show        GET disclosures.list_recipients
        GET disclosures.show_recipient
        GET orders.index             POST orders.index
        GET orders.archive_index     POST orders.archive_index
        GET orders.show
        GET cases.index              GET cases.show
        GET cases.open_page          POST cases.open_by_code
        GET cases.blank_form         GET cases.follow_form
        GET rectification.show
        GET objections.index         GET objections.show
        GET erasure.index            GET erasure.show
        GET prohibitions.index
        GET consents.index
        GET selections.index         GET selections.show
        GET selections.left_out      GET selections.print_selection
        GET selections.show_use      GET selections.print_use
        GET restrictions.index       GET restrictions.show
        GET restrictions.show_matter
        GET access.show              GET access.describe_copy
        GET access.copy_schema
        GET documents.index          GET documents.show
        GET documents.pdf
        GET documents.test_page      GET documents.test_print
        GET paper.index              POST paper.open_by_code
        GET paper.show               GET paper.show_place
        GET paper.show_pile          GET paper.destroyed
        GET paper.list_handlers      GET paper.handlers_pdf
        GET paper.labels
    """,
    PARTNERS: """
        GET interfaces.read_customer     POST interfaces.find_customer
        POST interfaces.create_order
        GET interfaces.read_changes      POST interfaces.acknowledge_changes
        GET interfaces.read_handovers
    """,
    HANDLERS: """
        GET lists.index              GET lists.show
        GET lists.make               POST lists.make
        GET lists.pdf
        GET lists.card               POST lists.card
        GET lists.card_pdf
        GET customers.choose_kind
        GET customers.create         POST customers.create
        GET customers.create_representative  POST customers.create_representative
        GET customers.edit           POST customers.edit
        GET customers.edit_datum     POST customers.edit_datum
        GET customers.leave_datum    GET customers.add_contact  POST customers.add_contact
        GET customers.archive_proposals      POST customers.archive_chosen
        GET customers.add_note       POST customers.add_note
        GET customers.remove_note    POST customers.remove_note
        GET customers.add_representation     POST customers.add_representation
        GET customers.edit_representation    POST customers.edit_representation
        GET customers.remove_representation  POST customers.remove_representation
        GET customers.start_import   POST customers.start_import
        GET customers.map_columns    POST customers.map_columns
        GET customers.show_import    POST customers.continue_import
        POST customers.decide_rows   POST customers.accept_import
        POST customers.cancel_import
        GET customers.download_left_out
        GET customers.add_source     POST customers.add_source
        GET customers.edit_source    POST customers.edit_source
        POST customers.archive       POST customers.restore
        GET customers.list_duplicates    POST customers.search_duplicates
        GET customers.choose_other   POST customers.choose_other
        GET customers.merge_two      POST customers.merge_two
        GET customers.tell_apart     POST customers.tell_apart
        GET customers.undo_merge     POST customers.undo_merge
        GET disclosures.add_recipient    POST disclosures.add_recipient
        GET disclosures.edit_recipient   POST disclosures.edit_recipient
        GET disclosures.choose_customer  POST disclosures.choose_customer
        GET disclosures.record       POST disclosures.record
        GET orders.choose_customer   POST orders.choose_customer
        GET orders.create            POST orders.create
        GET orders.change            POST orders.change
        GET orders.cancel            POST orders.cancel
        POST orders.step
        POST orders.archive          POST orders.unarchive
        GET cases.create             POST cases.create
        GET cases.amend              POST cases.amend
        GET cases.person             POST cases.person
        GET cases.identity           POST cases.identity
        GET cases.add_scans          POST cases.add_scans
        GET cases.acknowledge        POST cases.acknowledge
        GET cases.ask_for_details    POST cases.ask_for_details
        GET cases.extend             POST cases.extend
        GET cases.withdraw           POST cases.withdraw
        GET objections.itemise       POST objections.itemise
        POST objections.restrict
        GET selections.create        POST selections.create
        GET selections.edit          POST selections.edit
        POST selections.copy
        GET selections.delete        POST selections.delete
        GET prohibitions.create      POST prohibitions.create
        GET consents.create          POST consents.create
        GET consents.withdraw        POST consents.withdraw
        GET prohibitions.withdraw    POST prohibitions.withdraw
        GET prohibitions.matter      POST prohibitions.matter
        GET objections.end           POST objections.end
        GET cases.take               POST cases.take
        GET cases.pause              POST cases.pause
        GET cases.resume             POST cases.resume
        GET cases.add_matter         POST cases.add_matter
        GET cases.remove_matter      POST cases.remove_matter
        GET cases.close              POST cases.close
        GET cases.print_page         POST cases.print_form
        GET cases.prefilled_form
        GET cases.own_initiative     POST cases.own_initiative
        GET rectification.itemise    POST rectification.itemise
        POST rectification.refresh
        POST erasure.propose         POST erasure.withdraw
        POST erasure.carry_on
        GET restrictions.allow       POST restrictions.allow
        POST restrictions.stop       POST restrictions.tell
        GET access.show_chapter      POST access.show_chapter
        GET access.complete          POST access.complete
        GET access.print_draft
        GET access.download_copy     POST access.hand_over
        POST documents.post          POST documents.correct
        GET documents.post_together  POST documents.post_together
        GET documents.gather_post    POST documents.gather_post
        GET documents.show_post      POST documents.print_post
        GET documents.post_pdf       POST documents.send_post
        POST documents.undo_post
        GET paper.create             POST paper.create
        GET paper.lock               POST paper.lock
        GET paper.take               POST paper.take
        GET paper.bring_back         POST paper.bring_back
        GET paper.place_request      POST paper.place_request
        POST paper.begin_pile        POST paper.enter_card
        POST paper.undo_card         POST paper.end_pile
        GET billing.index            POST billing.index
        GET billing.show
        GET billing.choose_customer  POST billing.choose_customer
        GET billing.create           POST billing.create
        GET billing.edit             POST billing.edit
        GET billing.pay              POST billing.pay
        GET billing.credit           POST billing.credit
        POST billing.reopen
        GET billing.import_invoices  POST billing.import_invoices
        GET billing.show_import
        GET billing.choose_columns   POST billing.choose_columns
        POST billing.apply_import    POST billing.discard_import
        GET billing.hand_to_billing  POST billing.hand_to_billing
        GET billing.take_out_material     POST billing.take_out_material
        GET billing.start_collection POST billing.start_collection
        GET billing.show_collection
        GET billing.advance          POST billing.advance
        GET billing.hand_to_agency   POST billing.hand_to_agency
        GET billing.end_collection   POST billing.end_collection
        GET billing.list_applications
        GET billing.show_application
        GET billing.apply_for_credit POST billing.apply_for_credit
        GET billing.ask_for_credit_data   POST billing.ask_for_credit_data
        GET billing.withdraw_application  POST billing.withdraw_application
        GET notice.draft             POST notice.start_draft
        GET notice.discard_draft     POST notice.discard_draft
        GET notice.edit_title        POST notice.edit_title
        GET notice.add_section       POST notice.add_section
        GET notice.edit_section      POST notice.edit_section
        GET notice.remove_section    POST notice.remove_section
        GET notice.read_section      POST notice.preview_section
        POST notice.move_section     GET notice.changes
        GET informing.index          GET informing.show
        POST informing.choose
        GET informing.mark           POST informing.mark
        GET informing.reopen         POST informing.reopen
        GET informing.progress       POST informing.continue_letters
    """,
    DECIDERS: """
        GET disclosures.export_customers  POST disclosures.export_customers
        GET lists.make_file          POST lists.make_file
        GET lists.file
        GET rectification.decide     POST rectification.decide
        GET billing.decide_credit    POST billing.decide_credit
        GET rectification.issue      POST rectification.issue
        GET rectification.replace_certificate  POST rectification.replace_certificate
        POST rectification.tell
        GET erasure.refuse           POST erasure.refuse
        POST erasure.approve
        GET restrictions.create      POST restrictions.create
        GET restrictions.lift        POST restrictions.lift
        POST restrictions.end
        GET restrictions.decide      POST restrictions.decide
        POST disclosures.decide_transfer
        GET access.release           POST access.release
        GET access.refuse            POST access.refuse
        GET access.make_copy         POST access.make_copy
        GET paper.add_place          POST paper.add_place
        GET paper.edit_place         POST paper.edit_place
        GET paper.give_key           POST paper.give_key
        POST paper.take_key_back
        GET paper.name_handler       POST paper.name_handler
        GET paper.end_handler        POST paper.end_handler
        GET paper.destroy_items      POST paper.destroy_items
        GET paper.destroy_binder     POST paper.destroy_binder
        GET notice.publish           POST notice.publish
        GET audit.index              GET forgotten.index
        GET interfaces.index         GET interfaces.show
        GET interfaces.create        POST interfaces.create
        GET interfaces.edit          POST interfaces.edit
        GET interfaces.make_key      POST interfaces.make_key
        GET interfaces.revoke_key    POST interfaces.revoke_key
        GET interfaces.close         POST interfaces.close
        GET retention.index          POST retention.run
        GET retention.show           POST retention.destroy
        GET retention.change         POST retention.change
        GET retention.destroyed
        GET objections.decide        POST objections.decide
        GET cases.refuse             POST cases.refuse
        GET cases.fee                POST cases.fee
        GET cases.fee_answer         POST cases.fee_answer
        GET cases.not_held           POST cases.not_held
        GET cases.file_page          GET cases.file_pdf
        GET cases.file_zip
    """,
    KEEPERS: """
        GET settings.edit            POST settings.edit
        GET settings.edit_letter     POST settings.edit_letter
    """,
    SETTINGS_READERS: """
        GET settings.show
        GET settings.list_letters    GET settings.letter_test_print
    """,
    ADMINS: """
        GET staff.index              GET staff.show
        GET staff.create             POST staff.create
        GET staff.edit               POST staff.edit
        POST staff.disable           POST staff.enable
        POST staff.end_sessions      POST staff.lift_wait
        POST staff.give_password
        GET staff.record_commitment  POST staff.record_commitment
        GET staff.revoke_commitment  POST staff.revoke_commitment
        GET staff.print_commitment   GET staff.commitment_scan
    """,
}


def _read(lines: dict[str, str]) -> dict[str, str]:
    table: dict[str, str] = {}
    for audience, text in lines.items():
        words = text.split()
        for method, endpoint in zip(words[::2], words[1::2], strict=True):
            line = f"{method} {endpoint}"
            assert line not in table, f"{line} stands twice"
            table[line] = audience
    return table


TABLE = _read(_LINES)
