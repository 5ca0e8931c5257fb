/* SPDX-License-Identifier: MIT
 * Terminal, colour, width. */
#define _DEFAULT_SOURCE
#include "screen.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define USUAL_WIDTH 80 /* wider lines are harder to read, however wide the terminal */
#define LEAST_WIDTH 40

bool screen_is_terminal(int fd)
{
    const char *term = getenv("TERM");
    return isatty(fd) && !(term && strcmp(term, "dumb") == 0);
}

bool screen_has_colour(int fd)
{
    const char *none = getenv("NO_COLOR");
    return screen_is_terminal(fd) && !(none && *none);
}

bool screen_has_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    const char *locale = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !(locale && *locale); i++) {
        locale = getenv(names[i]);
    }
    const char *charset = locale ? strchr(locale, '.') : NULL;
    return charset && (strncasecmp(charset, ".UTF-8", 6) == 0 ||
                       strncasecmp(charset, ".UTF8", 5) == 0);
}

int screen_width(int fd)
{
    struct winsize size = {0};
    if (!isatty(fd) || ioctl(fd, TIOCGWINSZ, &size) || size.ws_col == 0 ||
        size.ws_col > USUAL_WIDTH) {
        return USUAL_WIDTH;
    }
    return size.ws_col < LEAST_WIDTH ? LEAST_WIDTH : size.ws_col;
}
