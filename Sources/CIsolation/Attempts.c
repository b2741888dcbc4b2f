#define _GNU_SOURCE
#include "CIsolation.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

/* Connecting a datagram socket sends nothing: it only asks whether there is a way, if only to this machine itself. */
int ws_try_to_connect(int family) {
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons(9)};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(9)};
    inet_pton(AF_INET, "127.0.0.1", &four.sin_addr);
    inet_pton(AF_INET6, "::1", &six.sin6_addr);
    int descriptor = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return errno;
    /* A local socket needs no network: to have one is enough. */
    int failed = 0;
    if (family == AF_INET) failed = connect(descriptor, (struct sockaddr *)&four, sizeof four) ? errno : 0;
    if (family == AF_INET6) failed = connect(descriptor, (struct sockaddr *)&six, sizeof six) ? errno : 0;
    close(descriptor);
    return failed;
}

int ws_try_to_start_a_process(void) {
    pid_t child = fork();
    if (child < 0) return errno;
    if (child == 0) _exit(0);
    waitpid(child, NULL, 0);
    return 0;
}

int ws_try_to_start_a_program(void) {
    /* A program that could be started would take this one's place: there is none of that name, which only an attempt
       that nobody stops gets told. */
    char *arguments[] = {"", NULL}, *environment[] = {NULL};
    execve("", arguments, environment);
    return errno == ENOENT ? 0 : errno;
}

int ws_try_to_read_the_parent(void) {
    char byte;
    struct iovec here = {&byte, 1}, there = {&byte, 1};
    if (process_vm_readv(getppid(), &here, 1, &there, 1, 0) >= 0) return 0;
    /* Nothing lies there in the parent, but it would have been read. */
    return errno == EFAULT ? 0 : errno;
}
