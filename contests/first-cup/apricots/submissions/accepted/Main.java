import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        int k = in.nextInt();
        System.out.println((n + k - 1) / k);
        System.out.println((n - 1) % k + 1);
    }
}
