#include <stdio.h>

static int passes(int a, int b) {
    int answer = 0;
    printf("? %d %d\n", a, b);
    fflush(stdout);
    if (scanf("%d", &answer) != 1) answer = 0;
    return answer;
}

int main(void) {
    int n, left, right, good, bad;
    if (scanf("%d", &n) != 1) return 1;
    for (good = 1, bad = n; bad - good > 1;) {
        int middle = good + (bad - good) / 2;
        if (passes(1, middle)) good = middle;
        else bad = middle;
    }
    left = good;
    for (bad = 1, good = n; good - bad > 1;) {
        int middle = bad + (good - bad) / 2;
        if (passes(middle, n)) good = middle;
        else bad = middle;
    }
    right = bad;
    printf("! %d %d\n", left, right);
    fflush(stdout);
    return 0;
}
