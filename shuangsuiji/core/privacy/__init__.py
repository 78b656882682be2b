"""What the public may not read: persons' names, their numbers and addresses (个人信息保护法)."""
