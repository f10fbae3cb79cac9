#include <iostream>

bool passes(int a, int b) {
    std::cout << "? " << a << ' ' << b << std::endl;
    int answer;
    std::cin >> answer;
    return answer == 1;
}

int main() {
    int n;
    std::cin >> n;
    int low = 1, high = n - 1;  // the first broken section is among these
    while (low < high) {
        int middle = (low + high) / 2;
        if (passes(1, middle + 1)) low = middle + 1;
        else high = middle;
    }
    int first = low;
    high = n - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (passes(middle, n)) high = middle - 1;
        else low = middle;
    }
    std::cout << "! " << first << ' ' << low << std::endl;
}
