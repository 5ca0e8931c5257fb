/* SPDX-License-Identifier: MIT */
#include "messages/draft.h"

void ebb_draft_begin(ebb_draft_t *draft, const ebb_event_t *event)
{
    draft->event = *event;
    draft->open = true;
    ebb_draft_clear(draft);
}

void ebb_draft_clear(ebb_draft_t *draft)
{
    draft->body = (ebb_body_t){0};
    draft->text.length = 0;
    draft->newlines = 0;
}

static void add_draft_bytes(ebb_draft_t *draft, const char *bytes, size_t length)
{
    ebb_body_count(&draft->body, bytes, length);
    if (draft->import->opts.keep_text) {
        ebb_text_append(&draft->text, bytes, length);
    }
}

void ebb_draft_add(ebb_draft_t *draft, const char *bytes, size_t length)
{
    if (length == 0) {
        return;
    }
    for (; draft->newlines > 0; draft->newlines--) {
        if (draft->body.characters > 0) {
            add_draft_bytes(draft, "\n", 1);
        }
    }
    add_draft_bytes(draft, bytes, length);
}

void ebb_draft_break(ebb_draft_t *draft)
{
    draft->newlines++;
}

int ebb_draft_end(ebb_draft_t *draft)
{
    if (!draft->open) {
        return EBB_OK;
    }
    draft->open = false;
    draft->event.characters = draft->body.characters;
    draft->event.words = draft->body.words;
    int code = draft->text.failed;
    if (!code && draft->text.length > 0) {
        code = ebb_import_keep(draft->import, &draft->event, draft->text.data,
                               draft->text.length);
    }
    return code ? code : ebb_import_push(draft->import, &draft->event);
}
