"""Help of administration."""

from canbo.web.help.page import HelpPage

PAGES = {
    "accounts": HelpPage(
        title="Tài khoản",
        purpose="Ai đăng nhập được, giữ vai trò gì ở đơn vị nào.",
        steps=("Tìm theo tên.", "Bấm tên đăng nhập để giao hoặc thôi giao vai trò.", "Bấm “Tạo tài khoản” cho người mới."),
        mistakes=("Không xóa tài khoản; người nghỉ việc thì ngừng tài khoản để nhật ký còn nguyên.",),
    ),
    "account-new": HelpPage(
        title="Tạo tài khoản",
        purpose="Tạo tài khoản với mật khẩu dùng một lần.",
        steps=("Ghi tên đăng nhập và tên hiển thị.", "Đưa mật khẩu tận tay người dùng.", "Giao vai trò."),
        mistakes=("Mật khẩu chỉ hiện một lần; quên thì đặt lại.",),
    ),
    "account": HelpPage(
        title="Một tài khoản",
        purpose="Vai trò theo thời gian, hồ sơ của chủ tài khoản, mật khẩu.",
        steps=(
            "Giao vai trò ở một đơn vị từ một ngày.",
            "Gắn hồ sơ bằng số định danh, hoặc họ tên và ngày sinh.",
            "Đặt lại mật khẩu khi quên.",
        ),
        mistakes=("Không tự giao vai trò cho tài khoản của mình.",),
    ),
    "roles": HelpPage(
        title="Các vai trò",
        purpose="Mỗi vai trò được làm gì, xem nhóm thông tin nào.",
        steps=("Chọn vai trò hẹp nhất đủ cho công việc.",),
        mistakes=("Nhiều vai trò không cộng dồn: mỗi lúc làm việc với một vai trò.",),
    ),
    "log": HelpPage(
        title="Nhật ký",
        purpose="Ai đã làm gì, lúc nào, vì sao, theo văn bản nào; ai đã xem.",
        steps=("Lọc theo tài khoản, ngày, việc.", "Bấm “Kiểm tra toàn vẹn” để tính lại chuỗi nhật ký."),
        mistakes=("Nhật ký không sửa, không xóa được.",),
    ),
}
