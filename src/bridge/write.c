/* SPDX-License-Identifier: MIT
 * Messages as a table or JSON lines. */
#include "core/calendar.h"
#include "ebb/bridge.h"

#define WRITE_PIECE ((size_t)64 * 1024)

static void write_row(ebb_text_t *out, const ebb_event_t *event, bool lines)
{
    char time[EBB_WALL_SIZE];
    ebb_wall_format(time, event->local_s);
    ebb_text_printf(out, lines ? "{\"time\":\"%sZ" : "%sZ", time);
    ebb_text_printf(out,
                    lines ? "\",\"person\":\"%c\",\"kind\":\"text\",\"characters\":%u,"
                            "\"words\":%u}\n"
                          : ",%c,text,%u,%u\n",
                    event->person == 0 ? 'A' : 'B', (unsigned)event->characters,
                    (unsigned)event->words);
}

int ebb_bridge_write(const ebb_bridge_t *bridge, bool lines, const ebb_sink_t *sink)
{
    ebb_text_t text;
    ebb_text_init(&text, bridge->_alloc);
    ebb_text_puts(&text, lines ? "" : "time,person,kind,characters,words\n");
    int code = EBB_OK;
    for (size_t i = 0; i < bridge->count && !code; i++) {
        write_row(&text, &bridge->events[i], lines);
        if (text.length >= WRITE_PIECE) {
            code = text.failed ? text.failed
                               : sink->write(sink->user, text.data, text.length);
            text.length = 0;
        }
    }
    code = code ? code : text.failed;
    if (!code && text.length > 0) {
        code = sink->write(sink->user, text.data, text.length);
    }
    ebb_text_free(&text);
    return code;
}
