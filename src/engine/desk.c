/* SPDX-License-Identifier: MIT
 * The desk: its memory, its answers, and the texts that are put on it. */
#include "engine/desk.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/memory.h"

/* --- memory ----------------------------------------------------------------------- */

void *ebb_room_new(size_t size)
{
    return ebb_new_array(ebb_alloc_default(), 1, size ? size : 1);
}

void ebb_room_free(void *room, size_t size)
{
    ebb_free_array(ebb_alloc_default(), room, 1, size ? size : 1);
}

ebb_desk_t *ebb_desk_new(void)
{
    return ebb_room_new(sizeof(ebb_desk_t));
}

void ebb_desk_drop_run(ebb_desk_t *desk)
{
    ebb_run_totals_free(desk->totals);
    ebb_run_free(desk->run);
    desk->totals = NULL;
    desk->run = NULL;
}

static void desk_clear(ebb_desk_t *desk)
{
    ebb_desk_drop_run(desk);
    ebb_desk_drop_settings(desk);
    ebb_scenario_free(desk->scenario);
    ebb_model_free(desk->model);
    desk->scenario = NULL;
    desk->model = NULL;
    desk->info = (ebb_model_info_t){0};
}

void ebb_desk_free(ebb_desk_t *desk)
{
    if (desk) {
        desk_clear(desk);
        ebb_room_free(desk->times, desk->settings.time_count * sizeof *desk->times);
        ebb_text_free(&desk->reply);
        ebb_room_free(desk, sizeof *desk);
    }
}

/* --- answers ---------------------------------------------------------------------- */

const char *ebb_desk_reply(const ebb_desk_t *desk)
{
    return desk->reply.data ? desk->reply.data : "";
}

size_t ebb_desk_reply_size(const ebb_desk_t *desk)
{
    return desk->reply.length;
}

void ebb_desk_hush(ebb_desk_t *desk)
{
    ebb_text_free(&desk->reply);
}

int ebb_desk_refuse(ebb_desk_t *desk, int code, const char *format, ...)
{
    ebb_error_t error;
    va_list args;
    va_start(args, format);
    (void)vsnprintf(error.text, sizeof error.text, format, args);
    va_end(args);
    ebb_desk_hush(desk);
    ebb_text_puts(&desk->reply, error.text);
    return code;
}

int ebb_desk_replied(ebb_desk_t *desk)
{
    return desk->reply.failed
               ? ebb_desk_refuse(desk, EBB_ERR_MEMORY, "not enough memory to answer")
               : EBB_OK;
}

/* --- texts ------------------------------------------------------------------------ */

/* The report is the reply; where there is none, what the code means. */
static int desk_reported(ebb_desk_t *desk, int code, const ebb_error_t *error)
{
    if (code && (desk->reply.failed || desk->reply.length == 0)) {
        const char *text = *error->text ? error->text : ebb_strerror(code);
        return ebb_desk_refuse(desk, code, "%s", text);
    }
    return code ? code : ebb_desk_replied(desk);
}

int ebb_desk_read_model(ebb_desk_t *desk, const char *text, size_t size)
{
    ebb_model_text_t source = {.bytes = text, .size = size};
    ebb_error_t error = {0};
    ebb_desk_hush(desk);
    desk_clear(desk);
    int code = ebb_model_read(&desk->model, &source, &desk->reply, &error);
    if (!code) {
        desk->info = ebb_model_info(desk->model);
    }
    return desk_reported(desk, code, &error);
}

/* A scenario that declares facts is not run: see ebb/safety.h, which also says what is
 * shown then. */
static int desk_ask_gate(ebb_desk_t *desk)
{
    if (ebb_scenario_info(desk->scenario).facts == 0) {
        return ebb_desk_replied(desk);
    }
    ebb_scenario_free(desk->scenario);
    desk->scenario = NULL;
    ebb_desk_hush(desk);
    return ebb_desk_refuse(desk, EBB_ERR_CHOICE,
                           "the scenario declares facts and is not run; where to turn "
                           "is to be shown instead");
}

int ebb_desk_read_scenario(ebb_desk_t *desk, const char *text, size_t size,
                           const char *name, size_t name_size)
{
    char which[EBB_DESK_NAME] = "";
    ebb_model_text_t source = {.bytes = text, .size = size, .label = "scenario"};
    ebb_error_t error = {0};
    int code = ebb_desk_need_model(desk);
    if (code) {
        return code;
    }
    ebb_desk_drop_run(desk);
    ebb_scenario_free(desk->scenario);
    desk->scenario = NULL;
    if (name_size >= sizeof which) {
        return ebb_desk_refuse(desk, EBB_ERR_CHOICE,
                               "the name of a scenario has at most 63 letters");
    }
    if (name_size) {
        memcpy(which, name, name_size);
        source.scenario = which;
    }
    code = size ? ebb_scenario_read(&desk->scenario, desk->model, &source, &desk->reply,
                                    &error)
                : EBB_OK;
    return code || !desk->scenario ? desk_reported(desk, code, &error)
                                   : desk_ask_gate(desk);
}
