"""What the exports of Facebook, Instagram and Threads have in common; Meta makes them all."""
