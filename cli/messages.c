/* SPDX-License-Identifier: MIT
 * From a run to a file of messages. */
#include "messages.h"

#include <string.h>

#include "output.h"
#include "talk.h"

static bool messages_are_lines(const char *path)
{
    static const char end[] = ".jsonl";
    size_t length = strlen(path);
    return length >= sizeof end - 1 &&
           strcmp(path + length - (sizeof end - 1), end) == 0;
}

static exit_status_t messages_output(const messages_wish_t *wish,
                                     const ebb_bridge_t *bridge)
{
    ebb_error_t error = {0};
    output_t output;
    int code = output_open(&output, wish->path, &error);
    if (code) {
        return talk_error(&error);
    }
    ebb_sink_t sink = output_sink(&output);
    code = ebb_bridge_write(bridge, messages_are_lines(wish->path), &sink);
    return output_close(&output, code, &error);
}

exit_status_t messages_write(const messages_wish_t *wish)
{
    ebb_error_t error = {0};
    ebb_bridge_t bridge = {0};
    int code =
        ebb_bridge_run(&bridge, wish->model, wish->settings, &wish->opts, &error);
    exit_status_t status = code == EBB_ERR_ARGUMENT
                               ? usage_error(wish->self, "%s", error.text)
                           : code ? talk_error(&error)
                                  : messages_output(wish, &bridge);
    ebb_bridge_free(&bridge);
    return status;
}
